"""Small parts of every request: headers, language, rate limits. No business."""

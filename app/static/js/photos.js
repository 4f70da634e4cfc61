// A photo is made small before it leaves the phone: less to send, and place and time stay behind already here. The
// server makes it anew in any case; whatever goes wrong here, the file goes as it is.
const edge = 1600;

async function small(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.9); });
  return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
}

export function shrinkPhotos() {
  document.addEventListener("change", async (event) => {
    const box = event.target;
    if (!box.matches("[data-photos]") || box.dataset.shrinking) return;
    box.dataset.shrinking = "1";
    try {
      const files = await Promise.all([...box.files].map((file) => small(file)));
      const list = new DataTransfer();
      files.forEach((file) => list.items.add(file));
      box.files = list.files;
    } catch {
      // a picture this browser cannot read: the server says so beside the field
    } finally {
      delete box.dataset.shrinking;
    }
  });
}

"""What one can do with two minutes or a season; roles by invitation and consent; two invitations a member. Uses every feature it points at."""

/* Copies one piece of a paper: the button, Enter or Space; without the clipboard the piece is marked, for Ctrl+C. */

const said = document.getElementById("said");

const copied = async (piece) => {
  piece.focus();
  piece.select();
  try {
    await navigator.clipboard.writeText(piece.value);
  } catch {
    return document.execCommand("copy");
  }
  return true;
};

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.addEventListener("click", async () => {
    const done = await copied(document.getElementById(button.dataset.copies));
    said.textContent = `${button.dataset.name}: ${done ? "copied." : "marked. Press Ctrl and C to copy."}`;
    if (done) button.focus();
  });
}

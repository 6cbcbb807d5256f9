/* All that a page does by itself: copy an address, and say which tables scroll. The page reads the same without it. */
"use strict";
const status = document.getElementById("status");
const copied = async text => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { /* the browser has no clipboard here, or was not allowed to use it */ }
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
};
document.addEventListener("click", async event => {
  const button = event.target.closest("button.address");
  if (!button) return;
  const done = await copied(button.value);
  button.focus();
  status.textContent = done ? `Copied ${button.value}` : `Press Ctrl+C to copy ${button.value}`;
  clearTimeout(copied.timer);
  copied.timer = setTimeout(() => { status.textContent = ""; }, 4000);
});
const sizes = new ResizeObserver(entries => {
  for (const {target} of entries) target.classList.toggle("wide", target.scrollWidth > target.clientWidth);
});
document.querySelectorAll(".scroll").forEach(table => sizes.observe(table));

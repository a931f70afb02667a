// Buttons that copy the text of a code block.

const SAID_MILLIS = 1_600;

/** Wires every `<button data-copy="id of the code">` in the page. */
export function wireCopyButtons() {
  for (const button of document.querySelectorAll('button[data-copy]')) {
    const label = button.textContent;
    let timer = 0;
    button.addEventListener('click', async () => {
      const copied = await copyText(document.getElementById(button.dataset.copy));
      button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
      clearTimeout(timer);
      timer = setTimeout(() => {
        button.textContent = label;
      }, SAID_MILLIS);
    });
  }
}

/** The clipboard belongs to secure pages only; elsewhere the text is selected and the old way tried. */
async function copyText(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand('copy');
  }
}

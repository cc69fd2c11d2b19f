/** Copy a text; tells whether it worked. The clipboard is only there on https and on the same machine. */
export async function copyText(text: string, shown?: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, shown);
  }
}

/** Elsewhere what is selected can be copied: the field that shows it, or one made for it. */
function copySelected(text: string, shown?: HTMLInputElement | null): boolean {
  const field = shown ?? document.body.appendChild(document.createElement("input"));
  if (!shown) Object.assign(field, { value: text, readOnly: true, className: "visually-hidden" });
  const focused = document.activeElement;
  field.select();
  const copied = document.execCommand("copy");
  if (!shown) {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
  return copied;
}

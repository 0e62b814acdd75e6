/**
 * Buttons of class `copy`: they copy what their `data-copy` says, else the code of the `.code-block` around them. One listener
 * serves all of them, those too that a script adds later.
 */

const SHOWN_FOR = 2000;

export function startCopyButtons(): void {
  const status = addStatus();
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button.copy") : null;
    if (button !== null) void copyFor(button, status);
  });
}

/** Tells screen readers; the button's own change is for the eye. */
function addStatus(): HTMLElement {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  return status;
}

async function copyFor(button: HTMLElement, status: HTMLElement): Promise<void> {
  const code = button.closest(".code-block")?.querySelector("code") ?? undefined;
  const text = button.dataset["copy"] ?? code?.textContent ?? "";
  const isCopied = (await copyText(text)) || copySelected(code);
  status.textContent = isCopied ? "Copied" : "Could not copy";
  if (!isCopied || button.dataset["label"] !== undefined) return;
  button.dataset["label"] = button.textContent ?? "";
  button.textContent = "Copied";
  button.classList.add("copy--done");
  setTimeout(() => {
    button.textContent = button.dataset["label"] ?? "Copy";
    delete button.dataset["label"];
    button.classList.remove("copy--done");
    status.textContent = "";
  }, SHOWN_FOR);
}

/** Browsers have a clipboard for pages over https only. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Elsewhere the code gets selected, and is copied where the browser still does that. */
function copySelected(code: Element | undefined): boolean {
  const selection = getSelection();
  if (code === undefined || selection === null) return false;
  selection.selectAllChildren(code);
  return document.execCommand("copy");
}

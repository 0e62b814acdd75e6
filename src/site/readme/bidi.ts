/**
 * Characters that change the direction of text. In prose they are wanted, and end with their block at the latest; in code
 * they can make a program look like another one, so there they are shown.
 */

// Embeddings and overrides, isolates, and marks.
const controls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Shows the controls in a piece of HTML; tags hold none, so only its texts change. */
export function showBidiControls(html: string): string {
  return html.replace(controls, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `<span class="bidi-control">U+${code}</span>`;
  });
}

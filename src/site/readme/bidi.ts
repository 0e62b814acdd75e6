/**
 * Characters that change the direction of text. In the prose of a readme they are wanted, and end with their block at the
 * latest; in code they can make a program look like another one, so there they are shown. Short texts of a package stand
 * beside the page's own words, and there one that is not closed reaches out of the element that should isolate it.
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

// Without the marks: they reach nothing beside them.
const reaching = /[\u202a-\u202e\u2066-\u2069]/g;

/** The text without the controls that reach beyond it when they are not closed, or close what was opened before it. */
export function withoutBidiControls(text: string): string {
  return text.replace(reaching, "");
}

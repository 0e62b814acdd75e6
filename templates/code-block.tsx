/**
 * Lines to type or to paste, with a button that copies them. They are written from left to right in every language.
 */

export interface CodeBlockProps {
  readonly code: string;
  /** What is copied, for who cannot see it: "Copy {subject}". */
  readonly subject: string;
}

/** The block can be scrolled, so it can have the focus of the keyboard. */
export function CodeBlock({ code, subject }: CodeBlockProps) {
  return (
    <div class="code-block" dir="ltr">
      <pre tabindex={0}>
        <code>{code}</code>
      </pre>
      <button class="copy" type="button" aria-label={`Copy ${subject}`}>
        Copy
      </button>
    </div>
  );
}

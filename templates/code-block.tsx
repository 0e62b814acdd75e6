/**
 * Lines to type or to paste, with a button that copies them. They are written from left to right in every language.
 */

export interface CodeBlockProps {
  readonly code: string;
  /** What is copied, for who cannot see it: "Copy {subject}". */
  readonly subject: string;
}

/** A single line wraps; several can be scrolled, so they can have the focus of the keyboard. */
export function CodeBlock({ code, subject }: CodeBlockProps) {
  const isLine = !code.includes("\n");
  return (
    <div class={isLine ? "code-block code-block--line" : "code-block"} dir="ltr">
      <pre tabindex={isLine ? undefined : 0}>
        <code>{isLine ? <Line code={code} /> : code}</code>
      </pre>
      <button class="copy" type="button" aria-label={`Copy ${subject}`}>
        Copy
      </button>
    </div>
  );
}

/** A line breaks between its words, and not behind the hyphens of an option. */
function Line({ code }: { readonly code: string }) {
  const parts = code.split(/(?<=\s)(--?[a-z][\w-]*)/i);
  return <>{parts.map((part, index) => (index % 2 === 1 ? <span class="option">{part}</span> : part))}</>;
}

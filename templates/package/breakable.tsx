/**
 * Ids that may be a hundred characters long: they break after dots.
 */

export function Breakable({ text }: { readonly text: string }) {
  const words = text.split(/(?<=[.-])/);
  return (
    <bdi>
      {words.map((word, index) => (
        <>
          {index > 0 && <wbr />}
          {word}
        </>
      ))}
    </bdi>
  );
}

/**
 * Ids and addresses, which may be long and have no blanks: they break after dots and slashes.
 */

export function Breakable({ text }: { readonly text: string }) {
  const words = text.split(/(?<=[./-])/);
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

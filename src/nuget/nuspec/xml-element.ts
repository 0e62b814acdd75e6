/** An element as the readers of XML give it. */

export interface XmlElement {
  /** Without prefix: nuspecs come in many namespaces and none of them says anything (protocol.md §10.2). */
  readonly name: string;
  /** Those without prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text outside of the children, not trimmed; line ends are line feeds. */
  readonly text: string;
}

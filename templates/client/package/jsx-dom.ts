/**
 * JSX for browsers: the components that make pages on their way to the feed make elements here. The bundle takes this in
 * the place of `hono/jsx/jsx-runtime`. Texts become text nodes, so nothing that a record says is ever read as HTML.
 */

type Children = unknown;
type Props = Readonly<Record<string, unknown>> & { readonly children?: Children };
type Component = (props: Props) => Node;

/** A component or an element with its attributes: `true` without value, nothing for `false` and `undefined`. */
export function jsx(type: string | Component, props: Props): Node {
  if (typeof type === "function") return type(props);
  const element = document.createElement(type);
  for (const [name, value] of Object.entries(props)) {
    if (name === "children") continue;
    if (value === true) element.setAttribute(name, "");
    if (typeof value === "string" || typeof value === "number") element.setAttribute(name, `${value}`);
  }
  append(element, props.children);
  return element;
}

export const jsxs = jsx;

export function Fragment({ children }: Props): Node {
  const fragment = document.createDocumentFragment();
  append(fragment, children);
  return fragment;
}

function append(parent: Node, children: Children): void {
  if (Array.isArray(children)) for (const child of children) append(parent, child);
  else if (children instanceof Node) parent.appendChild(children);
  else if (typeof children === "string" || typeof children === "number")
    parent.appendChild(new Text(String(children)));
}

/** What a component made. */
export function asNode(tree: unknown): Node {
  if (tree instanceof Node) return tree;
  throw new Error("the bundle has the wrong JSX");
}

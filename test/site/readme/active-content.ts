/**
 * Finds in HTML what could run, load or change other parts of the page. It reads as strictly as our own renderers write:
 * what it cannot read is a finding too.
 */

const voidElements = new Set(["br", "hr", "img", "input", "link", "meta", "wbr"]);

const harmless = new Set(
  (
    "html head title body main header footer nav section article aside div span p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd " +
    "a b strong i em u s del ins sub sup kbd code samp var mark small q abbr cite dfn bdi time pre blockquote " +
    "table caption thead tbody tfoot tr th td form label input select option optgroup button details summary template"
  ).split(" "),
);

const harmlessAttributes =
  /^(?:class|id|dir|lang|title|role|rel|alt|width|height|loading|decoding|tabindex|hidden|open|type|name|content|charset|property|http-equiv|datetime|for|value|placeholder|autocomplete|spellcheck|scope|colspan|start|download|selected|defer|min|max|aria-[a-z]+|data-[a-z-]+)$/;

const token = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*(\/?)>/y;
const attribute = /\s+([a-z-]+)(?:="([^"]*)")?/g;

/** One line per finding; empty for HTML that is safe and well formed. */
export function activeContent(html: string): string[] {
  const findings: string[] = [];
  const open: string[] = [];
  let position = html.startsWith("<!doctype html>") ? "<!doctype html>".length : 0;
  while (position < html.length) {
    if (html[position] !== "<") {
      position = html.indexOf("<", position) === -1 ? html.length : html.indexOf("<", position);
      continue;
    }
    token.lastIndex = position;
    const match = token.exec(html);
    if (match === null) {
      findings.push(`not a tag of ours: ${html.slice(position, position + 60)}`);
      break;
    }
    const [whole, slash, name = "", attributes = ""] = match;
    position += whole.length;
    if (slash === "/") {
      if (open.pop() !== name) findings.push(`</${name}> closes what is not open`);
      continue;
    }
    findings.push(...readAttributes(name, attributes));
    if (name === "script") position = skipScript(html, position, attributes, findings);
    else if (!voidElements.has(name)) open.push(name);
    if (name !== "script" && !harmless.has(name) && !voidElements.has(name))
      findings.push(`element <${name}>`);
  }
  return [...findings, ...open.map((name) => `<${name}> is not closed`)];
}

/** Scripts are the site's two files, or data, in which nothing ends the element early. */
function skipScript(html: string, position: number, attributes: string, findings: string[]): number {
  const end = html.indexOf("</script>", position);
  const content = html.slice(position, end);
  const isOurs = /^ src="[^"]*site\/(?:theme|site)\.js"(?: defer="")?$/.test(attributes) && content === "";
  const isData = attributes === ' type="application/ld+json"' && !content.includes("<");
  if (end === -1 || !(isOurs || isData)) findings.push(`script${attributes} ${content.slice(0, 40)}`);
  return end === -1 ? html.length : end + "</script>".length;
}

function readAttributes(element: string, text: string): string[] {
  return [...text.matchAll(attribute)].flatMap(([, name = "", value = ""]) => {
    if (name === "href")
      return leads(value, /^(?:https?:|mailto:|#|\.{0,2}\/|$)/i) ? [] : [`${name} ${value}`];
    if (name === "src") {
      return leads(value, /^(?:https:|data:image\/(?:png|jpeg|gif|webp);|\.{1,2}\/)/i)
        ? []
        : [`${name} ${value}`];
    }
    if (name === "action") return leads(value, /^\.{1,2}\//) ? [] : [`${name} ${value}`];
    return harmlessAttributes.test(name) ? [] : [`attribute ${name} of <${element}>`];
  });
}

/** Browsers resolve references first, and skip white space and controls within an address. */
function leads(value: string, where: RegExp): boolean {
  const text = value.replace(/&(?:#(\d+)|#x([\da-f]+)|amp);/gi, (_, decimal, hex) => {
    if (decimal === undefined && hex === undefined) return "&";
    return String.fromCodePoint(decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal));
  });
  return where.test(text.replace(/[\p{Cc}\s]/gu, ""));
}

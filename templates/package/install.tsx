/**
 * How to install a version, by client.
 */
import type { Installation, InstallStep } from "../../src/site/package/install.js";
import { CodeBlock } from "../code-block.js";
import { Tabs } from "../tabs.js";

export interface InstallProps {
  readonly installation: Installation;
  /** The way from the page to the feed's root. */
  readonly root: string;
}

export function Install({ installation: { ways, needsSource }, root }: InstallProps) {
  const tabs = ways.map(({ key, label, steps }) => ({
    key,
    label,
    content: steps.map((step) => <Step step={step} />),
  }));
  return (
    <>
      <Tabs name="install" label="Your client" tabs={tabs} />
      {needsSource && (
        <p class="install__source">
          This feed must be one of your package sources: <a href={`${root}#add-feed`}>how to add it</a>.
        </p>
      )}
    </>
  );
}

function Step({ step: { text, code, subject } }: { readonly step: InstallStep }) {
  return (
    <>
      {text !== undefined && <p class="install__text">{text}</p>}
      <CodeBlock code={code} subject={subject} />
    </>
  );
}

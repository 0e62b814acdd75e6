/** Checks that pages are valid HTML. */
import { HtmlValidate } from "html-validate";

/** What is a matter of taste, or of the tool that serializes, is not checked. */
const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    "void-style": "off",
    "doctype-style": "off",
    "attribute-empty-style": "off",
    "attribute-boolean-style": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
    // Rows of versions are named by the version, because links to versions are; the grammar of HTML allows it.
    "valid-id": ["error", { relaxed: true }],
    // The filters have no button: the script answers each change, and without a script they are not there.
    "wcag/h32": "off",
  },
});

/** One line per finding. */
export async function validateHtml(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector ?? ""})`),
  );
}

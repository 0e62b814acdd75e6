/** Checks that pages of packages are valid HTML; the same rules as for the other pages. */
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
  },
});

/** One line per finding. */
export async function validate(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector ?? ""})`),
  );
}

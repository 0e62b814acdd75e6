/** Light or dark as chosen; anything else follows the system. */
export function showTheme(choice: string | undefined): void {
  const { dataset } = document.documentElement;
  if (choice === "light" || choice === "dark") dataset["theme"] = choice;
  else delete dataset["theme"];
}

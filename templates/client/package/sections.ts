/** Shows one section of a package's page at a time; the links above them choose. */

const open = "package-section--open";

export function startSections(element: HTMLElement): void {
  element.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-section]") : null;
    if (link === null) return;
    event.preventDefault();
    openSection(link.dataset["section"] ?? "");
  });
}

/** @returns whether there is such a section */
export function openSection(key: string): boolean {
  const section = document.getElementById(key);
  if (section?.classList.contains("package-section") !== true) return false;
  for (const other of document.querySelectorAll(".package-section"))
    other.classList.toggle(open, other === section);
  for (const link of document.querySelectorAll<HTMLElement>("[data-section]")) {
    if (link.dataset["section"] === key) {
      link.setAttribute("aria-current", "true");
      // On narrow screens the row of links is longer than the screen.
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else link.removeAttribute("aria-current");
  }
  return true;
}

/** Opens the section around an element, so that a link to the element leads somewhere. */
export function openSectionOf(id: string): boolean {
  const target = document.getElementById(id);
  const section = target?.closest(".package-section");
  if (target === null || section === null || section === undefined) return false;
  openSection(section.id);
  target.scrollIntoView();
  return true;
}

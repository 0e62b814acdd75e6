/**
 * The picture of a package; a package without one gets a tile with its initial.
 */

export interface PackageIconProps {
  /** A link to the image. */
  readonly icon: string | undefined;
  readonly id: string;
  /** Pixels of each side. */
  readonly size?: 48 | 64;
}

/** It only repeats what stands beside it, so screen readers pass over it. */
export function PackageIcon({ icon, id, size = 48 }: PackageIconProps) {
  const initial = initialOf(id);
  if (icon === undefined) {
    return (
      <span class={`icon icon--${size} icon--initial`} aria-hidden="true">
        {initial}
      </span>
    );
  }
  return (
    <img
      class={`icon icon--${size}`}
      src={icon}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      decoding="async"
      data-initial={initial}
    />
  );
}

/** Of the last word: the first is often the same for all packages of an owner. */
function initialOf(id: string): string {
  const word = id.split(/[.-]/).at(-1) ?? id;
  return (Array.from(word)[0] ?? "").toUpperCase();
}

/**
 * The choice of light, dark or what the system says. It does nothing without a script, so style hides it then.
 */

const choices = [
  { value: "system", text: "Auto" },
  { value: "light", text: "Light" },
  { value: "dark", text: "Dark" },
];

export function ThemeSwitch() {
  return (
    <div class="theme-switch">
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
      </svg>
      <label class="visually-hidden" for="theme">
        Theme
      </label>
      <select id="theme" autocomplete="off">
        {choices.map(({ value, text }) => (
          <option value={value}>{text}</option>
        ))}
      </select>
    </div>
  );
}

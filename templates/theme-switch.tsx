/**
 * The choice of light, dark or what the system says. It does nothing without a script, so style hides it then.
 */

const choices = [
  { value: "system", text: "System theme" },
  { value: "light", text: "Light theme" },
  { value: "dark", text: "Dark theme" },
];

export function ThemeSwitch() {
  return (
    <div class="theme-switch">
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

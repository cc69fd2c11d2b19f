interface HoneypotProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** A field that people neither see nor reach, and that programs fill in. */
export function Honeypot({ label, value, onChange }: HoneypotProps) {
  return (
    <div className="honeypot" aria-hidden="true">
      <label>
        {label}
        <input
          name="website"
          tabIndex={-1}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
    </div>
  );
}

// A field in which one types what to look for. Must not lose a sign that is typed, nor take half of one: Chinese is composed from several keys.
import { useLayoutEffect, useRef, useState } from "preact/hooks";

type Props = { value: string; onValue: (value: string) => void; id?: string; list?: string; placeholder?: string };

export function Seek({ value, onValue, id, list, placeholder }: Props) {
  const [typed, setTyped] = useState(value);
  /** What was told last: the value that comes back must not put the field back to it while one types on. */
  const told = useRef(value);
  // At once: later, what was typed in between would be taken for old.
  useLayoutEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  const tell = (next: string) => {
    if (next === told.current) return;
    told.current = next;
    onValue(next);
  };
  return (
    <input
      type="search"
      id={id}
      list={list}
      placeholder={placeholder}
      value={typed}
      onInput={(event) => {
        setTyped(event.currentTarget.value);
        if (!event.isComposing) tell(event.currentTarget.value);
      }}
      onCompositionEnd={(event) => tell(event.currentTarget.value)}
    />
  );
}

/** Empties the field; whether there was anything in it. */
export function emptied(field: HTMLInputElement): boolean {
  if (field.value === "") return false;
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

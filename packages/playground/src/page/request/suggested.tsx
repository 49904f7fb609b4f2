import type { JSX } from 'preact/jsx-runtime';

import { Field } from './field.tsx';

export interface SuggestedProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
  readonly type?: 'url' | 'text';
  readonly fault: string | undefined;
  readonly onValue: (value: string) => void;
}

/** One line of text, with suggestions. */
export function Suggested(props: SuggestedProps): JSX.Element {
  const { id, label, value, placeholder, suggestions = [], type = 'text', fault, onValue } = props;
  return (
    <Field id={id} label={label} fault={fault}>
      {(control) => (
        <>
          <input
            {...control}
            type="text"
            inputMode={type}
            list={`${id}-list`}
            value={value}
            placeholder={placeholder}
            autoComplete="off"
            autoCapitalize="off"
            spellcheck={false}
            onInput={({ currentTarget }) => onValue(currentTarget.value)}
          />
          <datalist id={`${id}-list`}>
            {suggestions.map((suggestion) => (
              <option key={suggestion} value={suggestion} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface FilterProps {
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** Which cards are drawn: those that have all of these words. */
export function Filter({ text, onText }: FilterProps): JSX.Element {
  const field = useId();
  return (
    <search class="pc-filter">
      <label for={field}>Filter cards</label>
      <input
        id={field}
        type="search"
        autocomplete="off"
        spellcheck={false}
        placeholder="cart shop"
        value={text}
        onInput={(event) => {
          onText(event.currentTarget.value);
        }}
      />
    </search>
  );
}

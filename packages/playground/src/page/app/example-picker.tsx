import { useId } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import type { Example } from '../../examples/example.ts';
import type { Scenario } from '../../scenario/scenario.ts';

export interface ExamplePickerProps {
  readonly examples: readonly Example[];
  readonly scenario: Scenario;
  readonly onExample: (example: Example) => void;
}

/** Opens one of the examples, and says what it shows while it is unchanged. */
export function ExamplePicker({ examples, scenario, onExample }: ExamplePickerProps): JSX.Element {
  const id = useId();
  const shown = examples.find(({ scenario: { manifests } }) => manifests === scenario.manifests);
  return (
    <div class="p-examples">
      <label for={id}>Example</label>
      <select
        id={id}
        value={shown?.id ?? ''}
        aria-describedby={`${id}-about`}
        onChange={({ currentTarget }) => {
          const chosen = examples.find((example) => example.id === currentTarget.value);
          if (chosen !== undefined) onExample(chosen);
        }}
      >
        <option value="" disabled>
          Your own manifests
        </option>
        {examples.map((example) => (
          <option key={example.id} value={example.id}>
            {example.title}
          </option>
        ))}
      </select>
      <p class="p-hint" id={`${id}-about`}>
        {shown?.description}
      </p>
    </div>
  );
}

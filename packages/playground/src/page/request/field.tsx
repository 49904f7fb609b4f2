import type { ComponentChildren } from 'preact';
import type { JSX } from 'preact/jsx-runtime';

export interface FieldProps {
  readonly id: string;
  readonly label: string;
  /** What is wrong with it. */
  readonly fault: string | undefined;
  /** The control itself, handed what ties it to its label and its fault. */
  readonly children: (props: ControlProps) => ComponentChildren;
}

interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

/** A labelled control, with what is wrong with it below. */
export function Field({ id, label, fault, children }: FieldProps): JSX.Element {
  return (
    <div class={`p-field p-field--${id.slice(id.lastIndexOf('-') + 1)}`}>
      <label for={id}>{label}</label>
      {children({
        id,
        ...(fault === undefined
          ? {}
          : { 'aria-describedby': `${id}-fault`, 'aria-invalid': true as const }),
      })}
      {/* There from the start, so that it is spoken when it fills. */}
      <p class="p-fault" id={`${id}-fault`} aria-live="polite">
        {fault}
      </p>
    </div>
  );
}

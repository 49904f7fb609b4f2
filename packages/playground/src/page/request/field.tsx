import type { ComponentChildren } from 'preact';
import type { JSX } from 'preact/jsx-runtime';

export interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with it. */
  readonly fault: string | undefined;
  /** The control itself, handed what ties it to its label and its fault. */
  readonly children: (props: ControlProps) => ComponentChildren;
}

export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

/** A labelled control, with what is wrong with it below. */
export function Field({ id, label, hint, fault, children }: FieldProps): JSX.Element {
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(fault === undefined ? [] : [`${id}-fault`]),
  ].join(' ');
  return (
    <div class={`p-field p-field--${id.slice(id.lastIndexOf('-') + 1)}`}>
      <label for={id}>{label}</label>
      {children({
        id,
        ...(described === '' ? {} : { 'aria-describedby': described }),
        ...(fault === undefined ? {} : { 'aria-invalid': true as const }),
      })}
      {hint === undefined ? null : (
        <p class="p-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {/* There from the start, so that it is spoken when it fills. */}
      <p class="p-fault" id={`${id}-fault`} aria-live="polite">
        {fault}
      </p>
    </div>
  );
}

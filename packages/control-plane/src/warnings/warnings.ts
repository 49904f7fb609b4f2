import * as Context from 'effect/Context';

/** Tells people of what failed and was tried again or left; by default nobody. */
export const Warnings: Context.Reference<(message: string) => void> = Context.Reference<
  (message: string) => void
>('@portolan/control-plane/Warnings', { defaultValue: () => () => undefined });

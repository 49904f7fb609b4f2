import * as v from 'valibot';

/** Refuses a value that what is made of it throws for, in its words. */
export function usable<Value>(make: (value: Value) => unknown): v.RawCheckAction<Value> {
  return v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    try {
      make(dataset.value);
    } catch (error) {
      addIssue({ message: error instanceof Error ? error.message : String(error) });
    }
  });
}

import * as v from 'valibot';

const OverridesSchema = v.record(v.string(), v.string());

/** Where endpoints in truth listen, as somebody tells who is asked now and then. */
export interface LiveOverrides {
  /** `address:port` → `address:port`. */
  readonly current: () => Readonly<Record<string, string>>;
  /** @throws where the binding doesn't answer with a JSON object of texts. */
  readonly refresh: () => Promise<void>;
}

export function liveOverrides(binding: Pick<Fetcher, 'fetch'>): LiveOverrides {
  let overrides: Readonly<Record<string, string>> = {};
  return {
    current: () => overrides,
    refresh: async () => {
      const response = await binding.fetch('http://overrides/');
      overrides = v.parse(OverridesSchema, await response.json());
    },
  };
}

/** A request, narrowed to what routing looks at. */
export interface RegionRequest {
  /** Normalised, without port. */
  readonly host: string;
  /** Normalised: `normalizePath` gives it back as it is. */
  readonly path: string;
  readonly method: string;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without the leading `?`. */
  readonly query: string;
}

/** Requests that each of the tables treats alike: the same entries fit, and the same one wins. */
export interface Region {
  /** One of them. */
  readonly request: RegionRequest;
  /**
   * For each table the indices of the entries that fit the request (host, path and conditions), in order of precedence: the
   * first takes it. Entries that are `shadowedBy` another are among them.
   */
  readonly fitting: readonly (readonly number[])[];
  /** For each table the index of the default backend that is asked where no entry fits; `undefined`: there is none. */
  readonly defaultBackends: readonly (number | undefined)[];
}

/** All regions of some tables. */
export interface Regions {
  readonly regions: readonly Region[];
  /**
   * Whether every request belongs to one of the regions. It may not where regular expressions or conditions take more steps
   * to tell apart than were allowed, or where there are hundreds of thousands of regions.
   */
  readonly complete: boolean;
}

/**
 * A value as decoded: of the right shape, with any field missing and any text where one of a few words is due. What
 * validation finds no fault with is a `T`.
 */
export type Draft<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends readonly (infer Item)[]
      ? readonly Draft<Item>[]
      : T extends object
        ? string extends keyof T
          ? T
          : { readonly [Field in keyof T]?: Draft<T[Field]> }
        : T;

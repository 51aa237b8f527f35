/** The languages in which people read. */
export const languages = ['nl', 'en'] as const;
export type Language = (typeof languages)[number];

/** A text in every language. */
export type Text = Readonly<Record<Language, string>>;

export const text = (nl: string, en: string): Text => ({ nl, en });

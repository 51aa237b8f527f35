/** Whether a text can be the id of a location, organisation or professional: letters, digits and hyphens. */
export const isReferenceId = (text: string): boolean => /^[a-z0-9][a-z0-9-]{0,63}$/.test(text);

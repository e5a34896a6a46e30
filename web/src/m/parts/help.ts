/** The number where a person answers, day and night, for everything that this page cannot do. */
export const HELP_NUMBER = '12345'

/** Subscriptions that one channel may have: enough for any group, few enough that a page of them stays readable. */
export const maxSubscriptionsPerChannel = 50;

/** Private alerts that one person may have. */
export const maxAlertsPerPerson = 25;

/** Characters of a query, so that it fits whole into every answer that quotes it. */
export const maxQueryLength = 500;

/** Characters of interests, which are free text. */
export const maxInterestsLength = 500;

/** Papers a day that a subscription may ask for. */
export const maxPapersADay = 100;

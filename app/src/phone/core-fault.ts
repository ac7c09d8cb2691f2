// What can go wrong with the core. Apart from it, so that tests need no WebAssembly.

/** What the core said no to, in its own words. */
export class Fault extends Error {}

/** Its files are not on this phone yet, and did not come. */
export class NotHere extends Error {}

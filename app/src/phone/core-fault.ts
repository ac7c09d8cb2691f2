/** What the core said no to, in its own words. Apart from the core, so that tests need no WebAssembly. */
export class Fault extends Error {}

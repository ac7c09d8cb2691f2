/** The one function of hash-wasm that is used, apart, so that nothing else of it is loaded. */
export { argon2id } from 'hash-wasm'

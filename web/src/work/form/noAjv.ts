/** @rjsf/core's test registry imports ajv, which needs `eval`. Nothing here uses that registry: this stands in its place (see vite.config.ts). */
export default undefined

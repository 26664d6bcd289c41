import fc from 'fast-check'

/**
 * Property tests draw the same values in every run, so that what decides whether a change lands is not
 * left to chance; `npm run test:properties` draws others, and a failure prints the seed to repeat it.
 */
const seed = process.env.LIMBECK_TEST_SEED ?? '20261120'

fc.configureGlobal(seed === 'random' ? {} : { seed: Number(seed) })

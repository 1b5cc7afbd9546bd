/** What the linter holds: strict types, no lost promises, and engines that are given time and chance. */
import eslint from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const givenNotTaken = 'The engines are pure: time, chance, ids and the outside are given to them.'

/** `as` overrules the compiler, so a comment beside it or right above it must say why that is safe. */
const reasonBesideAs = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { why: 'Say in a comment beside `as`, or on the line above, why it is safe.' },
  },
  create(context) {
    const linesOf = ({ loc }) => [loc.start.line, loc.end.line]
    return {
      TSAsExpression(node) {
        if (node.typeAnnotation.typeName?.name === 'const') return
        const [first, last] = linesOf(node)
        const hasReason = context.sourceCode.getAllComments().some((comment) => {
          const [from, to] = linesOf(comment)
          return to >= first - 1 && from <= last
        })
        if (!hasReason) context.report({ node, messageId: 'why' })
      },
    }
  },
}

export default defineConfig(
  globalIgnores(['dist', 'data', 'test-results', 'src/screening/scan/assembly']),
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strict, tseslint.configs.recommendedTypeChecked],
    plugins: { house: { rules: { 'reason-beside-as': reasonBesideAs } } },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'house/reason-beside-as': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Contracts are async even where one implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'test/**/*.ts'],
    rules: {
      // A test that reads past what is there fails, which is its job.
      'house/reason-beside-as': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  {
    files: ['src/core/**/*.ts', 'src/procedure/**/*.ts', 'src/credibility/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*', 'pg', 'kysely', 'fastify', 'react'], message: givenNotTaken },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'console',
          'performance',
          'crypto',
          'fetch',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'queueMicrotask',
        ].map((name) => ({ name, message: givenNotTaken })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: givenNotTaken },
        { object: 'Math', property: 'random', message: givenNotTaken },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: givenNotTaken,
        },
        { selector: 'CallExpression[callee.name="Date"]', message: givenNotTaken },
      ],
    },
  },
  {
    files: ['src/web/**/*.ts', 'src/web/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    files: ['bin/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
)

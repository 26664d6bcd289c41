/** What to do about an error of the AWS SDK, by its name or its words. */
export function awsHint(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) }
  const known = hints.find(([pattern]) => pattern.test(`${name}: ${message}`))
  return (
    known?.[1] ??
    'Check the name, the region, and that this role may call secretsmanager:GetSecretValue.'
  )
}

const hints: readonly (readonly [RegExp, string])[] = [
  [
    /CredentialsProviderError|could not load credentials|UnrecognizedClient|InvalidClientTokenId|ExpiredToken/i,
    'There are no valid credentials of AWS here: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the pod a role. For development, localSecretFile reads the same JSON from a file.',
  ],
  [/region is missing/i, 'Give awsSecret the option regionName, or set AWS_REGION.'],
  [
    /ResourceNotFound/i,
    'There is no secret of that name in that region: compare both with `aws secretsmanager list-secrets --region …`.',
  ],
  [
    /AccessDenied/i,
    'Allow this role secretsmanager:GetSecretValue on that secret, and kms:Decrypt on its key.',
  ],
  [
    /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|TimeoutError/,
    'The service cannot be reached from here: check the region, the network and its proxies.',
  ],
]

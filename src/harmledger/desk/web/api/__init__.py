"""The API (/api/v1): the public record for machines, described by OpenAPI at /api/v1/openapi.json."""

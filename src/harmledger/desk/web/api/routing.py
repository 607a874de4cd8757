"""Operations of the API, closed by default: one that does not say who may ask it cannot be added."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final

import msgspec
from django.http import HttpRequest
from ninja import NinjaAPI, Router
from ninja.errors import HttpError

from harmledger import __version__
from harmledger.desk.web.access import find_need, is_enough
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident

_REFERENCE: Final = "#/components/schemas/{name}"


class DeskRouter(Router):
    """A router that holds each operation to its need."""

    def add_api_operation(
        self, path: str, methods: list[str], view_func: Callable[..., Any], **given: Any
    ) -> None:
        """Add an operation. Raises TypeError for one that does not say who may ask it."""
        if find_need(view_func) is None:
            raise TypeError(f"{view_func.__name__} does not say who may ask it: use @requires")
        super().add_api_operation(path, methods, _guard(view_func), **given)


def _guard(operation: Callable[..., Any]) -> Callable[..., Any]:
    need = find_need(operation)

    @wraps(operation)
    def run(request: HttpRequest, *args: Any, **given: Any) -> Any:
        if need is None or not is_enough(request.role, need):
            raise HttpError(403 if request.user.is_authenticated else 401, f"needs the role {need}")
        return operation(request, *args, **given)

    return run


class DeskApi(NinjaAPI):
    """The API with the schemas of the record's own formats, and without pages that ask another host for scripts."""

    def __init__(self) -> None:
        super().__init__(
            title="Harmledger",
            version=__version__,
            description="The public record: what somebody says happened, where, when, to whom, and in which sentence.",
            docs_url=None,
            urls_namespace="api",
        )

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Name an operation as its function is called."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **given: Any) -> Any:
        """Give the description, with the formats of incidents and claims in it."""
        schema = super().get_openapi_schema(**given)
        _, formats = msgspec.json.schema_components((Incident, Claim), ref_template=_REFERENCE)
        schema["components"]["schemas"].update(formats)
        return schema


def describe_answer(name: str, *, many: str = "", media: str = "application/json") -> dict[str, Any]:
    """Give what OpenAPI is told of an answer that holds one record, or many of them under a key."""
    record = {"$ref": _REFERENCE.format(name=name)}
    schema: Any = record
    if many:
        schema = {
            "type": "object",
            "required": [many],
            "properties": {many: {"type": "array", "items": record}},
        }
    return {"responses": {200: {"description": "OK", "content": {media: {"schema": schema}}}}}


def open_addresses(api: DeskApi) -> tuple[Sequence[Any], str, str]:
    """Give the API's addresses; each says `public`, since its operations hold themselves to their needs."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        pattern.callback.need = "public"
    return patterns, app, namespace

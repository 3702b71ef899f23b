"""What sections of the parameters have in common: frozen, no unknown key; bounds used by several."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1)]


class Section(BaseModel):
    """Base of the sections."""

    model_config = ConfigDict(frozen=True, extra="forbid")

"""Where everything is: one place for the names of inputs, tables and caches."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of one run; `upr run` points `sources` and `processed` elsewhere.

    Relative paths stand against the current folder, as in dvc.yaml.
    """

    sources: Path = Path("data/raw/sources")
    frameworks: Path = Path("data/raw/frameworks")
    judgements: Path = Path("data/raw/judgements")
    labelled: Path = Path("data/raw/labelled")
    translations: Path = Path("data/raw/translations")
    processed: Path = Path("data/processed")
    configs: Path = Path("configs")
    released: Path = Path("models/released")
    candidates: Path = Path("models/candidates")
    cache: Path = Path(".cache")
    readings: Path = Path("models/readings")
    named_frameworks: tuple[Path, ...] = ()
    """Files of frameworks named for one run; without them all of `frameworks` are read."""

    def table(self, name: str) -> Path:
        """Return the parquet file of the table `name`; `tags/themes` names one dimension's part."""
        return self.processed / f"{name}.parquet"

    @classmethod
    def elsewhere(cls, sources: Path, processed: Path, named_frameworks: tuple[Path, ...] = ()) -> "Workspace":
        """Return the workspace of a run on another folder, with this project's configs and released models."""
        project = cls()
        at_root = {
            name: ROOT / getattr(project, name)
            for name in (
                "frameworks",
                "judgements",
                "labelled",
                "translations",
                "configs",
                "released",
                "candidates",
                "cache",
                "readings",
            )
        }
        return cls(sources=sources, processed=processed, named_frameworks=named_frameworks, **at_root)

    @property
    def csv_tables(self) -> Path:
        """Folder of the CSV copies."""
        return self.processed / "tables"

    @property
    def report(self) -> Path:
        """Folder of what people open: workbook, pages, figures."""
        return self.processed / "report"

    @property
    def figures(self) -> Path:
        """Folder of the figures, one a State and kind."""
        return self.report / "figures"

    @property
    def framework_figures(self) -> Path:
        """Folder of the figures of frameworks, one a State, plan and kind."""
        return self.report / "framework_figures"

    @property
    def state_documents(self) -> Path:
        """Folder of the documents on each State under review, one folder a State."""
        return self.report / "states"

    @property
    def briefs(self) -> Path:
        """Folder of the briefs, `<State under review>/<recommending State>`."""
        return self.report / "briefs"

    @property
    def charts(self) -> Path:
        """Folder of the explorer's charts as files, one a State and kind."""
        return self.report / "charts"

    @property
    def workbook(self) -> Path:
        """The Excel workbook of all tables."""
        return self.report / "recommendations.xlsx"

    @property
    def manifest(self) -> Path:
        """Versions, parameters, hashes, counts and times of the run."""
        return self.processed / "run_manifest.json"

    @property
    def timings(self) -> Path:
        """One JSON file a stage: its seconds and peak memory, gathered by the manifest."""
        return self.processed / ".timings"

    def taxonomy(self, scheme: str) -> Path:
        """Return the YAML file of a taxonomy, `upr-info` -> configs/taxonomies/upr_info.yaml."""
        return self.configs / "taxonomies" / f"{scheme.replace('-', '_')}.yaml"

    def crosswalk(self, name: str) -> Path:
        """Return the CSV file of a crosswalk, `upr_info_to_uhri_theme`."""
        return self.configs / "crosswalks" / f"{name}.csv"

from datasets.models.dataset import Dataset, SearchedYears
from datasets.models.release import OPEN, Release, ReleaseFile, Waiver

__all__ = ["OPEN", "Dataset", "Release", "ReleaseFile", "SearchedYears", "Waiver"]

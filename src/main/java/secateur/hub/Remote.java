package secateur.hub;

/** A file of a repository at one commit. */
record Remote(Repository repository, String commit, String file) {

  String path() {
    return repository.file(commit, file);
  }
}

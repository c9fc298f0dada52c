# How far a student's next token is from a teacher's, token by token, in nats. Logits (B, T, V) of any type, computed in float32;
# p is the teacher's softmax(labels / t), q the student's softmax(logits / t); divergences are times t^2 (Hinton et al., 1503.02531).

def log_probabilities(self: __torch__.Ops,
  logits: Tensor,
  temperature: Tensor) -> Tensor:
  return torch.log_softmax(torch.div(torch.to(logits, 6), float(temperature)), -1)

def times_square(self: __torch__.Ops,
  x: Tensor,
  temperature: Tensor) -> Tensor:
  t = float(temperature)
  return torch.mul(x, torch.mul(t, t))

# log a, log b (B, T, V): sum_v a (log a - log b)
def kl(self: __torch__.Ops,
  a: Tensor,
  b: Tensor) -> Tensor:
  return torch.sum(torch.mul(torch.exp(a), torch.sub(a, b)), [-1])

def forward_kl(self: __torch__.Ops,
  logits: Tensor,
  labels: Tensor,
  temperature: Tensor) -> Tensor:
  q = (self).log_probabilities(logits, temperature, )
  p = (self).log_probabilities(labels, temperature, )
  return (self).times_square((self).kl(p, q, ), temperature, )

def reverse_kl(self: __torch__.Ops,
  logits: Tensor,
  labels: Tensor,
  temperature: Tensor) -> Tensor:
  q = (self).log_probabilities(logits, temperature, )
  p = (self).log_probabilities(labels, temperature, )
  return (self).times_square((self).kl(q, p, ), temperature, )

# b KL(p || m) + (1 - b) KL(q || m), m = b p + (1 - b) q (Agarwal et al., 2306.13649, equation 1)
def jensen_shannon(self: __torch__.Ops,
  logits: Tensor,
  labels: Tensor,
  temperature: Tensor,
  beta: Tensor) -> Tensor:
  b = float(beta)
  q = (self).log_probabilities(logits, temperature, )
  p = (self).log_probabilities(labels, temperature, )
  m = torch.logaddexp(torch.add(p, torch.log(b)), torch.add(q, torch.log(torch.sub(1., b))))
  d = torch.add(torch.mul((self).kl(p, m, ), b), torch.mul((self).kl(q, m, ), torch.sub(1., b)))
  return (self).times_square(d, temperature, )

# targets (B, T): -log q(target), (B, T)
def cross_entropy(self: __torch__.Ops,
  logits: Tensor,
  targets: Tensor) -> Tensor:
  nll = torch.cross_entropy_loss(torch.to(torch.flatten(logits, 0, 1), 6), torch.flatten(targets), None, 0)
  return torch.view(nll, [torch.size(targets, 0), torch.size(targets, 1)])

# x and weights (B, T): the weighted mean, a scalar
def mean(self: __torch__.Ops,
  x: Tensor,
  weights: Tensor) -> Tensor:
  return torch.div(torch.sum(torch.mul(x, weights)), torch.sum(weights))

# the k most likely tokens: their log p and places (B, T, k), likeliest first
def top(self: __torch__.Ops,
  logits: Tensor,
  temperature: Tensor,
  k: Tensor) -> Tuple[Tensor, Tensor]:
  values, places = torch.topk((self).log_probabilities(logits, temperature, ), int(k), -1)
  return (values, places)

# log q of the tokens at places (B, T, k), k < V, then the logarithm of all the rest: (B, T, k + 1)
def folded(self: __torch__.Ops,
  logits: Tensor,
  places: Tensor,
  temperature: Tensor) -> Tensor:
  q = (self).log_probabilities(logits, temperature, )
  at = torch.to(places, 4)
  rest = torch.logsumexp(torch.scatter(q, -1, at, -inf), [-1], True)
  return torch.cat([torch.gather(q, -1, at), rest], -1)

# x and y (B, T, D): for each token the mean square of x - y by that of y over all tokens, (B, T)
def relative_error(self: __torch__.Ops,
  x: Tensor,
  y: Tensor) -> Tensor:
  a = torch.to(x, 6)
  b = torch.to(y, 6)
  d = torch.mean(torch.square(torch.sub(a, b)), [-1])
  return torch.div(d, torch.mean(torch.square(b)))

# scores x and y (B, H, T, T), those above the diagonal left out: the mean square of x - y by that of y, a scalar
def score_error(self: __torch__.Ops,
  x: Tensor,
  y: Tensor) -> Tensor:
  b = torch.tril(torch.to(y, 6))
  d = torch.sub(torch.tril(torch.to(x, 6)), b)
  return torch.div(torch.sum(torch.square(d)), torch.sum(torch.square(b)))

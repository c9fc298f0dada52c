# Grids of columns, and column-by-column compression with the error carried on: GPTQ (2210.17323) and SparseGPT (2301.00774).
# The half-quadratic grid is HQQ's (Badri and Shaji, 2023, mobiusml.github.io/hqq_blog).

# x (…, C): sum of x x' over all tokens, (C, C) float32
def gram(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  f = torch.to(torch.flatten(x, 0, -2), 6)
  return torch.matmul(torch.t(f), f)

# x (…, C): sum of squares over all tokens, (C)
def square_sum(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  return torch.sum(torch.square(torch.to(torch.flatten(x, 0, -2), 6)), [0])

def diagonal(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  return torch.contiguous(torch.diagonal(x))

def reorder(self: __torch__.Ops,
  x: Tensor,
  order: Tensor) -> Tensor:
  return torch.index_select(x, 1, order)

def reorder_square(self: __torch__.Ops,
  x: Tensor,
  order: Tensor) -> Tensor:
  return torch.index_select(torch.index_select(x, 0, order), 1, order)

# upper U with U'U = (H + damp mean(diag H) I)^-1; damp grows tenfold while H is not positive definite
def inverse_factor(self: __torch__.Ops,
  H: Tensor,
  damp: Tensor) -> Tuple[Tensor, Tensor]:
  d = torch.diagonal(H)
  H1 = torch.add(H, torch.diag(torch.to(torch.eq(d, 0), 6)))
  mean = torch.mean(torch.diagonal(H1))
  a = float(damp)
  L, info = torch.linalg_cholesky_ex(torch.add(H1, torch.diag(torch.mul(torch.full_like(d, a), mean))))
  bad = bool(torch.ne(info, 0))
  L2 = L
  for i in range(8):
    if bad:
      a = torch.mul(a, 10.)
      L2, info2 = torch.linalg_cholesky_ex(torch.add(H1, torch.diag(torch.mul(torch.full_like(d, a), mean))))
      bad = bool(torch.ne(info2, 0))
  U, info3 = torch.linalg_cholesky_ex(torch.cholesky_inverse(L2), upper=True)
  return (U, info3)

# low, high (R, G): scale and zero of the grid of top + 1 codes between them; 16 rounds the scale to float16
def between(self: __torch__.Ops,
  low: Tensor,
  high: Tensor,
  options: Tensor) -> Tuple[Tensor, Tensor]:
  top = int(torch.select(options, 0, 0))
  flat = torch.to(torch.eq(low, high), 6)
  s = torch.div(torch.add(torch.sub(high, low), flat, alpha=2), top)
  if torch.eq(int(torch.select(options, 0, 2)), 16):
    scale = torch.clamp(torch.to(torch.to(s, 5), 6), 5.9604644775390625e-08)
  else:
    scale = s
  if torch.gt(int(torch.select(options, 0, 1)), 0):
    zero = torch.full_like(scale, torch.floordiv(torch.add(top, 1), 2))
  else:
    zero = torch.clamp(torch.round(torch.div(torch.neg(torch.sub(low, flat)), scale)), 0, top)
  return (scale, zero)

# sum |x - Q(x)|^2.4 of each group, (R, G)
def error(self: __torch__.Ops,
  x: Tensor,
  scale: Tensor,
  zero: Tensor,
  options: Tensor) -> Tensor:
  s = torch.unsqueeze(scale, 2)
  z = torch.unsqueeze(zero, 2)
  code = torch.clamp(torch.add(torch.round(torch.div(x, s)), z), 0, int(torch.select(options, 0, 0)))
  return torch.sum(torch.pow(torch.abs(torch.sub(torch.mul(torch.sub(code, z), s), x)), 2.3999999999999999), [2])

# x (R, G, g): scale and zero (R, G); options: top, symmetric, 16 for float16 scales, searched
# searched: the range shrunk to 1, 0.99, … 0.21 of itself, whichever errs least
def fit(self: __torch__.Ops,
  x: Tensor,
  options: Tensor) -> Tuple[Tensor, Tensor]:
  low = torch.clamp(torch.amin(x, [2]), None, 0.)
  high = torch.clamp(torch.amax(x, [2]), 0.)
  if torch.gt(int(torch.select(options, 0, 1)), 0):
    high1 = torch.maximum(torch.neg(low), high)
    low1 = torch.neg(high1)
  else:
    high1 = high
    low1 = low
  scale, zero = (self).between(low1, high1, options, )
  if torch.gt(int(torch.select(options, 0, 3)), 0):
    least = (self).error(x, scale, zero, options, )
    for i in range(79):
      p = torch.sub(1., torch.div(torch.add(i, 1), 100))
      s, z = (self).between(torch.mul(low1, p), torch.mul(high1, p), options, )
      e = (self).error(x, s, z, options, )
      less = torch.lt(e, least)
      least = torch.where(less, e, least)
      scale = torch.where(less, s, scale)
      zero = torch.where(less, z, zero)
  return (scale, zero)

# r: the e that makes |e|^0.7 / 0.7 + b / 2 (e - r)^2 small, as if the first term's slope at e were that at r
def shrink(self: __torch__.Ops,
  r: Tensor,
  b: Tensor) -> Tensor:
  a = torch.abs(r)
  return torch.mul(torch.sign(r), torch.relu(torch.sub(a, torch.div(torch.pow(a, -0.29999999999999999), b))))

# codes q, numbers y (R, G, g), scale (R, G, 1): the z (R, G, 1) with the smallest sum (y - (q - z) s)^2
def middle(self: __torch__.Ops,
  q: Tensor,
  y: Tensor,
  scale: Tensor) -> Tensor:
  return torch.mean(torch.sub(q, torch.div(y, scale)), [2], True)

# x (R, G, g): scale and zero (R, G) by half-quadratic splitting, min over z, e of |e|_0.7 + b / 2 |e - (x - Q(x))|^2;
# b from 10, times 1.01 each of 20 rounds, until the mean of |x - Q(x)| falls no further.
# A scale is at least max |x| / 1024, so that float16 has room for the zero.
def half_quadratic(self: __torch__.Ops,
  x: Tensor,
  options: Tensor) -> Tuple[Tensor, Tensor]:
  top = int(torch.select(options, 0, 0))
  low = torch.amin(x, [2], True)
  high = torch.amax(x, [2], True)
  s = torch.maximum(torch.div(torch.sub(high, low), top), torch.div(torch.amax(torch.abs(x), [2], True), 1024))
  if torch.eq(int(torch.select(options, 0, 2)), 16):
    scale = torch.clamp(torch.to(torch.to(s, 5), 6), 5.9604644775390625e-08)
  else:
    scale = torch.clamp(s, 1.1754943508222875e-38)
  zero = torch.div(torch.neg(low), scale)
  b = torch.full([], 10., dtype=7, layout=None, device=torch.device("cpu"))
  last = torch.add(torch.amax(torch.abs(x)), 1.)
  going = True
  for i in range(20):
    if going:
      q = torch.clamp(torch.round(torch.add(torch.div(x, scale), zero)), 0, top)
      r = torch.sub(x, torch.mul(torch.sub(q, zero), scale))
      zero = (self).middle(q, torch.sub(x, (self).shrink(r, b, )), scale, )
      b = torch.mul(b, 1.01)
      error = torch.mean(torch.abs(r))
      going = bool(torch.lt(error, last))
      last = error
  return (torch.squeeze(scale, 2), torch.squeeze(zero, 2))

# W, P (R, C): weights and what may stay (1) or not (0); U (C, C)
# bounds: last row of each stacked matrix; share: of each matrix and block to remove
# pattern: columns in a block, n and m of n:m (or 0, 0), columns of a group refitted on the way (or 0)
# grid: as in fit, top 0 for none; S, Z (C, R): scale and zero of each column
def solve(self: __torch__.Ops,
  W0: Tensor,
  P: Tensor,
  U: Tensor,
  bounds: Tensor,
  share: Tensor,
  pattern: Tensor,
  grid: Tensor,
  S0: Tensor,
  Z0: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
  W = torch.clone(W0)
  S = torch.clone(S0)
  Z = torch.clone(Z0)
  Q = torch.empty_like(W)
  C = torch.size(W, 1)
  R = torch.size(W, 0)
  size = int(torch.select(pattern, 0, 0))
  n = int(torch.select(pattern, 0, 1))
  m = int(torch.select(pattern, 0, 2))
  group = int(torch.select(pattern, 0, 3))
  top = int(torch.select(grid, 0, 0))
  part = float(share)
  for b in range(torch.floordiv(torch.sub(torch.add(C, size), 1), size)):
    i1 = torch.mul(b, size)
    i2 = ops.prim.min(torch.add(i1, size), C)
    W1 = torch.contiguous(torch.t(torch.slice(W, 1, i1, i2)))
    P1 = torch.contiguous(torch.t(torch.slice(P, 1, i1, i2)))
    U1 = torch.contiguous(torch.slice(torch.slice(U, 0, i1, i2), 1, i1, i2))
    d = torch.unsqueeze(torch.diagonal(U1), 1)
    M1 = torch.clone(P1)
    if torch.gt(part, 0.):
      s = torch.mul(torch.square(torch.div(W1, d)), P1)
      at = 0
      for k in range(torch.size(bounds, 0)):
        end = int(torch.select(bounds, 0, k))
        one = torch.slice(s, 1, at, end)
        count = ops.prim.min(torch.add(int(torch.mul(torch.numel(one), part)), 1), torch.numel(one))
        th, _i = torch.kthvalue(torch.flatten(one), count)
        _0 = torch.mul_(torch.slice(M1, 1, at, end), torch.gt(one, th))
        at = end
    E = torch.empty_like(W1)
    Q1 = torch.empty_like(W1)
    for i in range(torch.size(W1, 0)):
      c = torch.add(i1, i)
      if torch.gt(m, 0):
        if torch.eq(torch.remainder(i, m), 0):
          j = torch.add(i, m)
          t = torch.mul(torch.square(torch.div(torch.slice(W1, 0, i, j), torch.slice(d, 0, i, j))), torch.slice(P1, 0, i, j))
          _v, low = torch.topk(t, torch.sub(m, n), 0, False)
          _1 = torch.mul_(torch.slice(M1, 0, i, j), torch.scatter(torch.ones_like(t), 0, low, 0))
      if torch.gt(group, 0):
        if torch.eq(torch.remainder(c, group), 0):
          e = torch.add(c, group)
          x = torch.mul(torch.slice(W, 1, c, e), torch.slice(P, 1, c, e))
          sc, ze = (self).fit(torch.unsqueeze(x, 1), grid, )
          _2 = torch.copy_(torch.slice(S, 0, c, e), torch.t(sc))
          _3 = torch.copy_(torch.slice(Z, 0, c, e), torch.t(ze))
      w = torch.select(W1, 0, i)
      q = torch.mul(w, torch.select(M1, 0, i))
      if torch.gt(top, 0):
        sc1 = torch.select(S, 0, c)
        ze1 = torch.select(Z, 0, c)
        code = torch.clamp(torch.add(torch.round(torch.div(q, sc1)), ze1), 0, top)
        q1 = torch.mul(torch.sub(code, ze1), sc1)
      else:
        q1 = q
      err = torch.div(torch.sub(w, q1), torch.select(d, 0, i))
      _4 = torch.copy_(torch.select(E, 0, i), err)
      _5 = torch.copy_(torch.select(Q1, 0, i), q1)
      r = torch.slice(W1, 0, torch.add(i, 1))
      _6 = torch.addr_(r, torch.slice(torch.select(U1, 0, i), 0, torch.add(i, 1)), err, beta=1, alpha=-1)
    _7 = torch.copy_(torch.slice(Q, 1, i1, i2), torch.t(Q1))
    _8 = torch.sub_(torch.slice(W, 1, i2), torch.matmul(torch.t(E), torch.slice(torch.slice(U, 0, i1, i2), 1, i2)))
  return (Q, S, Z)

# x (…, C): the Euclidean norm of each run of width features, summed over all tokens, (C / width)
def norm_sum(self: __torch__.Ops,
  x: Tensor,
  width: Tensor) -> Tensor:
  w = int(width)
  y = torch.view(torch.to(x, 6), [-1, torch.floordiv(torch.size(x, -1), w), w])
  return torch.sum(torch.sqrt(torch.sum(torch.square(y), [2])), [0])

# x, y (…, C): the cosine of each pair of tokens, summed
def cosine_sum(self: __torch__.Ops,
  x: Tensor,
  y: Tensor) -> Tensor:
  return torch.sum(torch.cosine_similarity(torch.to(x, 6), torch.to(y, 6), -1))

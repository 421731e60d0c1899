// Decompositions of matrices, in double: all that the engine needs of Eigen's, in one place, for
// they are most of a file's compile time wherever they are named.
#pragma once

#include <complex>
#include <vector>

#include "engine/tensor.h"

namespace engine {

using Complex = std::complex<double>;

// R of the QR decomposition of a matrix: min(rows, columns) x columns. As Q keeps lengths,
// |matrix x| = |R x|, and |A M B| = |R(A) M R(B^T)^T| for Frobenius norms too: norms of products of
// d_model x d_model matrices from products of d_head x d_head.
MatrixOf<double> triangle(const Matrix& matrix);

// Q of it, as far as R reaches: rows x min(rows, columns), columns of length 1 at right angles.
// They span what those of the matrix span, where its rank is full.
MatrixOf<double> orthonormal_basis(const Matrix& matrix);

// The squares of a matrix's singular values, rising, one for each row: a tenth of the time of those
// themselves, at half their digits.
VectorOf<double> squared_singular_values(const MatrixOf<double>& matrix);

// The eigenvalues of a small square matrix in the order of sorted(). Throws Error where the
// iteration does not end, which finite entries have not been seen to do.
std::vector<Complex> eigenvalues(const Matrix& square);

// By falling absolute value; of a conjugate pair the one with the positive imaginary part first.
std::vector<Complex> sorted(std::vector<Complex> eigenvalues);

}  // namespace engine
